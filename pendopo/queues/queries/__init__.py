"""What boards, tickets, consoles and the manager's hall show. `live` reads only this of the whole product."""
